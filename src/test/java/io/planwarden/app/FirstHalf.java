package io.planwarden.app;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What is asked through HTTP, for the first of the two JVMs of a whole run. The application is
 * built and starts anew for every profile, and in each half that has a test with that profile: most
 * profiles are in one half only. It is built for all of them before the first test, for minutes, so
 * the times that are told of the halves are not how long they took.
 */
@Suite
@SelectPackages("io.planwarden")
@IncludeClassNamePatterns(FirstHalf.TESTS)
@ExcludeClassNamePatterns(LongForms.TESTS)
class FirstHalf {
  /**
   * The one place that says which half a test is in, so that none can be in neither. The one that
   * is named would have the other half wait for this one; nothing else has its profile.
   */
  static final String TESTS =
      "io\\.planwarden\\."
          + "(app|catalog|operation|problem|ratelimit|request|security|storage"
          + "|usage|usageplan)\\.(?!LateProviderTest).+Test";
}
