/** Networks as static tapes of vector operations: structure is shared and immutable, numbers are handed in. */
@NullMarked
package dev.tidecast.nn;

import org.jspecify.annotations.NullMarked;
