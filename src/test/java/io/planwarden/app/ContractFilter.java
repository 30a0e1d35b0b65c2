package io.planwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.atlassian.oai.validator.model.Request;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Fails a test whose exchange with the API is not as the document says. A request that the document
 * forbids has to be refused, so what is wrong with a request counts only if it was accepted.
 */
public final class ContractFilter implements Filter {
  private static final String API = "/v1/";
  // The document tells of operations; OPTIONS and unknown methods are answered for every path.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private final Supplier<OpenApiDocument> document;

  public ContractFilter(Supplier<OpenApiDocument> document) {
    this.document = document;
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response answer = context.next(request, expected);
    URI uri = URI.create(request.getURI());
    if (uri.getRawPath().startsWith(API) && METHODS.contains(request.getMethod())) {
      List<String> faults = faults(request, uri, answer);
      if (!faults.isEmpty()) {
        throw new AssertionError(
            "%s %s answered %s, against the document:%n- %s%n%s"
                .formatted(
                    request.getMethod(),
                    uri,
                    answer.statusLine(),
                    String.join("\n- ", faults),
                    answer.asString()));
      }
    }
    return answer;
  }

  private List<String> faults(FilterableRequestSpecification sent, URI uri, Response answer) {
    String query = uri.getRawQuery();
    Request request =
        HttpMessages.request(
            sent.getMethod(),
            uri.getRawPath() + (query == null ? "" : "?" + query),
            byName(sent.getHeaders()),
            text(sent.getBody()));
    var response =
        HttpMessages.response(answer.statusCode(), byName(answer.headers()), answer.asString());
    OpenApiDocument contract = document.get();
    if (!contract.has(request)) {
      return contract.faultsOfRefusal(response);
    }
    List<String> faults =
        new ArrayList<>(contract.faultsOf(request.getMethod(), uri.getRawPath(), response));
    contract
        .unnamedHeaders(
            request.getMethod(),
            uri.getRawPath(),
            answer.statusCode(),
            byName(answer.headers()).keySet())
        .forEach(name -> faults.add("the header " + name + " is not named"));
    if (answer.statusCode() < 400) {
      faults.addAll(contract.faultsOf(request));
    }
    return faults;
  }

  private static String text(Object body) {
    return body == null
        ? ""
        : body instanceof byte[] bytes ? new String(bytes, UTF_8) : body.toString();
  }

  private static Map<String, List<String>> byName(Headers headers) {
    return headers.asList().stream()
        .collect(groupingBy(Header::getName, mapping(Header::getValue, toList())));
  }
}
