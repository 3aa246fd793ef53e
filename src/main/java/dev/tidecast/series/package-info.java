/** Arithmetic on one series: buckets of event time, aggregates, experts, widths of intervals, calibration. */
@NullMarked
package dev.tidecast.series;

import org.jspecify.annotations.NullMarked;
