/** The names of all meters and the binders that update them. No meter has a label whose values grow with the number of keys. */
@NullMarked
package dev.tidecast.metrics;

import org.jspecify.annotations.NullMarked;
