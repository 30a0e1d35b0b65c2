/**
 * The database behind audit: data source, migrations, and the guard that keeps it off event loops.
 */
@NullMarked
package io.planwarden.storage;

import org.jspecify.annotations.NullMarked;
