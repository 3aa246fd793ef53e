/** The names of all meters and the binders that feed them; no meter has a label that grows with the keys. */
@NullMarked
package dev.tidecast.metrics;

import org.jspecify.annotations.NullMarked;
