/** Reads text that others have written: times and CSV lines. The stream, data files and the files of a pipeline use it. */
@NullMarked
package dev.tidecast.text;

import org.jspecify.annotations.NullMarked;
