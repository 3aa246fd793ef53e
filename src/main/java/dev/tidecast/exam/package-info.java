/** Public sets under their customary protocols: who learns from what, what is graded, beside what is published. */
@NullMarked
package dev.tidecast.exam;

import org.jspecify.annotations.NullMarked;
