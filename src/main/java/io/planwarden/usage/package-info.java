/** Use and remaining of API keys on stages. */
@NullMarked
package io.planwarden.usage;

import org.jspecify.annotations.NullMarked;
