package io.planwarden.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Spring Cloud Gateway as a peer: it signs, passes on, and sends again what was answered 503 or not
 * at all, with pauses like the application's. It validates, limits, settles and records nothing.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SpringGateway {
  /** Takes the port to listen on, the stub's port, and how many connections there are to it. */
  public static void main(String[] arguments) {
    String pool = "spring.cloud.gateway.server.webflux.httpclient.pool.";
    new SpringApplicationBuilder(SpringGateway.class)
        .properties(
            Map.of(
                "server.address",
                "127.0.0.1",
                "server.port",
                arguments[0],
                "stub.port",
                arguments[1],
                pool + "type",
                "fixed",
                pool + "max-connections",
                arguments[2]))
        .run();
  }

  @Bean
  RouteLocator routes(RouteLocatorBuilder routes, @Value("${stub.port}") String stub) {
    return routes
        .routes()
        .route(
            route ->
                route
                    .path("/v1/usage-plans/*")
                    .filters(
                        filters ->
                            filters
                                .prefixPath("/api")
                                .retry(
                                    retry ->
                                        retry
                                            .setRetries(3)
                                            .setMethods(HttpMethod.GET, HttpMethod.PUT)
                                            .setStatuses(HttpStatus.SERVICE_UNAVAILABLE)
                                            .setExceptions(IOException.class)
                                            .setBackoff(
                                                Duration.ofMillis(25),
                                                Duration.ofMillis(400),
                                                4,
                                                false))
                                .filter(SpringGateway::sign))
                    .uri("http://127.0.0.1:" + stub))
        .build();
  }

  /** Behind the retry, so that each attempt is signed anew. */
  private static Mono<Void> sign(ServerWebExchange exchange, GatewayFilterChain next) {
    ServerHttpRequest request = exchange.getRequest();
    String now = Long.toString(System.currentTimeMillis());
    String target = request.getURI().getRawPath();
    String signature = Signature.of(request.getMethod().name(), target, now);
    ServerHttpRequest signed =
        request
            .mutate()
            .headers(
                headers -> {
                  headers.remove("Authorization");
                  headers.set(Signature.TIMESTAMP, now);
                  headers.set(Signature.ACCESS_KEY, Signature.KEY);
                  headers.set(Signature.SIGNATURE, signature);
                })
            .build();
    return next.filter(exchange.mutate().request(signed).build());
  }
}
