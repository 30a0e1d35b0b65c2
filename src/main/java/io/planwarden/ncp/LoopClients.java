package io.planwarden.ncp;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.ContextInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A client with a pool of connections for each event loop. The pool of one client for all of them
 * gives out the connection that was used last, whichever loop it lives on, and most calls would go
 * to another thread and back. Thread-safe.
 */
final class LoopClients implements AutoCloseable {
  private final Map<EventLoop, HttpClient> clients = new ConcurrentHashMap<>();
  private final Supplier<HttpClient> made;
  private volatile boolean closed;

  LoopClients(Supplier<HttpClient> made) {
    this.made = made;
  }

  /** The client whose connections live where the context runs. */
  HttpClient of(Context context) {
    if (closed) {
      throw new IllegalStateException("The clients are closed");
    }
    return clients.computeIfAbsent(
        ((ContextInternal) context).nettyEventLoop(), first -> made.get());
  }

  @Override
  public void close() {
    closed = true;
    clients.values().forEach(HttpClient::close);
  }
}
