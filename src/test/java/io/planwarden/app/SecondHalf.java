package io.planwarden.app;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests that are not in the first half. */
@Suite
@SelectPackages("io.planwarden")
@ExcludeClassNamePatterns(FirstHalf.TESTS)
class SecondHalf {}
