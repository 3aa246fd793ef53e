/** The pipeline file: YAML read into records with exact error messages, and the one place that builds a forecaster from it. */
@NullMarked
package dev.tidecast.pipeline;

import org.jspecify.annotations.NullMarked;
