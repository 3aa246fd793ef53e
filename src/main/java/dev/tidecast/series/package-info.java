/** Arithmetic on one series: buckets of event time, aggregates, experts, spreads, calibration. */
@NullMarked
package dev.tidecast.series;

import org.jspecify.annotations.NullMarked;
