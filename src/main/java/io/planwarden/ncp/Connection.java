package io.planwarden.ncp;

/** Which connection a request goes over. */
enum Connection {
  /** One that may have carried other requests before. */
  POOLED,
  /** One made for this request alone. */
  FRESH
}
