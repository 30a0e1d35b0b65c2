package io.planwarden.sandbox;

/** An API key; its two values are what callers of published APIs send, hence secrets. */
record Key(String apiKeyId, String apiKeyName, String primaryKey, String secondaryKey) {

  boolean hasValue(String value) {
    return primaryKey.equals(value) || secondaryKey.equals(value);
  }

  @Override
  public String toString() {
    return "Key[apiKeyId=%s, apiKeyName=%s]".formatted(apiKeyId, apiKeyName);
  }
}
