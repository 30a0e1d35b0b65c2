/** REST resources of usage plans, their stages and their API keys; mapping and nothing else. */
@NullMarked
package io.planwarden.usageplan;

import org.jspecify.annotations.NullMarked;
