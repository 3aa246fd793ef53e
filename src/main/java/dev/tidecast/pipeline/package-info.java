/** The pipeline file: YAML as records, read with exact errors, and the one place that builds a forecaster from it. */
@NullMarked
package dev.tidecast.pipeline;

import org.jspecify.annotations.NullMarked;
