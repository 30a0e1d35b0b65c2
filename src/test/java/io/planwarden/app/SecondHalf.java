package io.planwarden.app;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All other tests that are asked through HTTP, and what stands beside them. */
@Suite
@SelectPackages("io.planwarden")
@ExcludeClassNamePatterns({FirstHalf.TESTS, WithoutPlatform.TESTS, LongForms.TESTS})
class SecondHalf {}
