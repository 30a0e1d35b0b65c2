package io.planwarden.request;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/**
 * Keeps paths that callers make up out of the metrics of requests: where no resource was reached,
 * the platform takes the path as it came, and after a number of different ones it counts no others
 * until the next start. Asked once for each series; again only for what has become another.
 */
@Singleton
class UriTags implements MeterFilter {
  private static final String REQUESTS = "http.server.requests";
  private static final String URI = "uri";
  private static final Tag UNKNOWN = Tag.of(URI, "UNKNOWN");

  private final ServedPaths served;

  UriTags(ServedPaths served) {
    this.served = served;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().equals(REQUESTS)) {
      return id;
    }
    String uri = id.getTag(URI);
    // What begins otherwise is the platform's own word, such as NOT_FOUND.
    if (uri == null || !uri.startsWith("/")) {
      return id;
    }
    String template = served.template(uri);
    if (uri.equals(template)) {
      return id;
    }
    return id.withTag(template == null ? UNKNOWN : Tag.of(URI, template));
  }
}
