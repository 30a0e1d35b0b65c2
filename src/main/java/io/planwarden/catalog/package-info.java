/** Products, APIs, stages and keys: the look-ups, and the index behind short stage references. */
@NullMarked
package io.planwarden.catalog;

import org.jspecify.annotations.NullMarked;
