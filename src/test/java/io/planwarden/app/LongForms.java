package io.planwarden.app;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What is only in a run of the long forms. In a half the platform would be built for it in every
 * run: that is done before tags are looked at.
 */
@Suite
@SelectPackages("io.planwarden")
@IncludeClassNamePatterns(LongForms.TESTS)
class LongForms {
  static final String TESTS = "io\\.planwarden\\.app\\.OfferedLoadTest";
}
