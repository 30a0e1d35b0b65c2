package io.planwarden.app;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All other tests but those of the long forms. */
@Suite
@SelectPackages("io.planwarden")
@ExcludeClassNamePatterns({FirstHalf.TESTS, LongForms.TESTS})
class SecondHalf {}
