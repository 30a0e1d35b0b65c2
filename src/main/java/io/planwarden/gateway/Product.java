package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/** A product ({@code apigateway-product-getproductlist}). */
public record Product(
    @Nullable String productId,
    @Nullable String productName,
    @Nullable String productDescription,
    @Nullable String subscriptionCode,
    @Nullable Boolean isPublished,
    @Nullable Boolean hasDeployedStage,
    @Nullable String domainCode) {}
