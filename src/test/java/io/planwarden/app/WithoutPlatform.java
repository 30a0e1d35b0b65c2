package io.planwarden.app;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The packages whose tests start no application, for a JVM of a whole run that has not to wait for
 * one. A test that does start one may stand there, and has it built a second time.
 */
@Suite
@SelectPackages("io.planwarden")
@IncludeClassNamePatterns(WithoutPlatform.TESTS)
class WithoutPlatform {
  static final String TESTS =
      "io\\.planwarden\\."
          + "(audit|deploy|gateway|ncp|replica|resilience|sandbox|training)\\..+Test";
}
