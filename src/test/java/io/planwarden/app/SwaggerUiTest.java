package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The README's walk-through, done by hand in Swagger UI; runs with {@code -Pbrowser}. */
@QuarkusTest
@Tag("browser")
class SwaggerUiTest {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
  private static final String PLANS = "/v1/usage-plans";
  private static final String PLAN = PLANS + "/{usagePlanId}";
  private static final String ATTACHMENT = "/v1/stages/{stage}/usage-plans/{usagePlanId}";
  private static final String ASSIGNMENT = "/v1/stages/{stage}/api-keys/{apiKeyId}/usage-plan";
  private static final String README_STAGE = "weather001:forecast01:wfcstprod1";

  private static Playwright playwright;
  private static Browser browser;

  @TestHTTPResource("/q/swagger-ui")
  URI swaggerUi;

  @Inject SandboxClient sandbox;
  Page page;
  final List<URI> requested = new CopyOnWriteArrayList<>();

  private static void launch() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            // Chromium's own sandbox does not start for root, as in containers.
                            "--no-sandbox",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            "--disable-quic",
                            "--disable-gpu")));
  }

  @AfterAll
  static void quit() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open() {
    assertThat(CHROMIUM)
        .as("Chromium: install Debian's package chromium, or name another in CHROMIUM")
        .isExecutable();
    if (browser == null) {
      launch();
    }
    page = browser.newPage();
    page.onRequest(request -> requested.add(URI.create(request.url())));
    page.navigate(swaggerUi.toString());
  }

  @AfterEach
  void close() {
    if (page != null) {
      page.close();
    }
  }

  @Test
  void walkThrough_ofTheReadme_succeedsStepByStep() {
    operation("get", PLANS).execute("200");
    String plan = operation("post", PLANS).execute("201").body().getString("usagePlanId");

    Answer read = operation("get", PLAN).fill("usagePlanId", plan).execute("200");
    assertThat(read.body().getString("usagePlanName")).isEqualTo("Silver");

    Answer edited = operation("put", PLAN).fill("usagePlanId", plan).execute("200");
    assertThat(edited.body().getInt("dayQuotaRequest")).isEqualTo(10);

    Operation attach = operation("put", ATTACHMENT);
    attach.fill("stage", "wfcstprod1").fill("usagePlanId", plan).execute("200");

    Operation assign = operation("put", ASSIGNMENT);
    assign.fill("stage", README_STAGE).fill("apiKeyId", "keyacme001");
    assign.fillBody("{\"usagePlanId\": \"" + plan + "\"}").execute("200");

    Operation detach = operation("delete", ATTACHMENT);
    detach.fill("stage", README_STAGE).fill("usagePlanId", plan).execute("204");

    operation("delete", PLAN).fill("usagePlanId", plan).execute("204");

    Answer audit = operation("get", "/v1/audit").execute("200");
    assertThat(audit.body().getList("items.target.usagePlanId")).contains(plan);

    assertThat(sandbox.ledger()).hasSize(6);
    assertThat(requested)
        .filteredOn(uri -> !"data".equals(uri.getScheme()))
        .allMatch(uri -> uri.getAuthority().equals(swaggerUi.getAuthority()));
  }

  @Test
  void optionalParametersLeftEmpty_areNotSent() {
    assertThat(operation("post", PLANS).execute("201").url()).endsWith(PLANS);
    assertThat(operation("get", "/v1/stages").execute("200").url()).doesNotContain("name=");
  }

  private Operation operation(String method, String path) {
    Locator block =
        page.locator(".opblock-" + method)
            .filter(
                new Locator.FilterOptions()
                    .setHas(page.locator(".opblock-summary-path[data-path='" + path + "']")));
    block.locator(".opblock-summary").click();
    button(block, "Try it out").click();
    return new Operation(block);
  }

  private static Locator button(Locator block, String name) {
    return block.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** An operation of the page, unfolded and being tried out. */
  private record Operation(Locator block) {
    Operation fill(String parameter, String value) {
      block.locator("tr[data-param-name='" + parameter + "'] input").fill(value);
      return this;
    }

    Operation fillBody(String body) {
      block.locator("textarea").fill(body);
      return this;
    }

    Answer execute(String status) {
      button(block, "Execute").click();
      Locator shown = block.locator(".live-responses-table .response-col_status").last();
      // Just the number: beside one that the document does not know stands "Undocumented".
      assertThat(shown.innerText().strip()).isEqualTo(status);
      return new Answer(block);
    }
  }

  /** What the page shows of an answer. */
  private record Answer(Locator block) {
    String url() {
      return block.locator(".request-url pre").innerText().strip();
    }

    JsonPath body() {
      return JsonPath.from(
          block
              .locator(".live-responses-table .response-col_description code")
              .first()
              .innerText());
    }
  }
}
