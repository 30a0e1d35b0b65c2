package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/** An API key without its secrets ({@code apigateway-product-getapikeylist}). */
public record ApiKey(
    @Nullable String apiKeyId,
    @Nullable String apiKeyName,
    @Nullable String status,
    @Nullable String domainCode,
    @Nullable String regTime,
    @Nullable String modTime) {}
