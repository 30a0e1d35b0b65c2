package io.planwarden.app;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What is asked through HTTP, for the first of the three JVMs of a whole run. The application is
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
   * With {@link WithoutPlatform} and {@link LongForms}, what {@link SecondHalf} leaves out, so that
   * no test can be in none. Those that are named would have the second half wait, or this one; none
   * in this half has their profiles.
   */
  static final String TESTS =
      "io\\.planwarden\\."
          + "(app|catalog|operation|problem|request|security|storage"
          + "|usage|usageplan)\\.(?!LateProviderTest|MisbehaviourTest|RotationTest).+Test";
}
