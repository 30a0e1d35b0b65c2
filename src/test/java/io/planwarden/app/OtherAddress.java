package io.planwarden.app;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.specification.RequestSpecification;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Requests that come from other addresses of this machine. */
public final class OtherAddress {
  private OtherAddress() {}

  /** A request from the address. */
  public static RequestSpecification from(String address) throws UnknownHostException {
    return given()
        .config(
            RestAssured.config()
                .httpClient(
                    HttpClientConfig.httpClientConfig()
                        .setParam("http.route.local-address", InetAddress.getByName(address))));
  }
}
