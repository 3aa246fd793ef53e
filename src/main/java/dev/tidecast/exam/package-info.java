/** Evaluation on public data sets with their usual protocols: what is trained on, what is scored, and published figures to compare with. */
@NullMarked
package dev.tidecast.exam;

import org.jspecify.annotations.NullMarked;
