/** The adapter behind the port: NCP's wire format, signature and error table. */
@NullMarked
package io.planwarden.ncp;

import org.jspecify.annotations.NullMarked;
