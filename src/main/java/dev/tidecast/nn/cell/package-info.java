/** The architectures, one small file each, and the catalogue of them. */
@NullMarked
package dev.tidecast.nn.cell;

import org.jspecify.annotations.NullMarked;
