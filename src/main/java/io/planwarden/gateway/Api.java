package io.planwarden.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API of a product ({@code apigateway-api-apis}).
 *
 * @param stages null where the list was read without stages
 */
public record Api(
    @Nullable String apiId,
    @Nullable String apiName,
    @Nullable String apiDescription,
    @Nullable String productId,
    @Nullable List<Stage> stages) {}
