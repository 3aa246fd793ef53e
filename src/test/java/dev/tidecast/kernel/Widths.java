package dev.tidecast.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every implementation there is. The vector kernels know their width as a constant of the class, so they are loaded once per
 * width, each time by a class loader of their own.
 */
final class Widths {
    private static final Set<String> SHARED =
            Set.of("Kernels", "Products", "Shape", "AdamStep", "FloatMath", "KernelChoice", "KernelTrial");
    private static final String HOUSE = "dev.tidecast.kernel.";

    static final List<Kernels> ALL = all();

    private Widths() {}

    private static List<Kernels> all() {
        List<Kernels> all = new ArrayList<>();
        all.add(new ScalarKernels());
        for (int bits : new int[] {128, 256, 512}) {
            all.add(vector(bits));
        }
        return List.copyOf(all);
    }

    private static Kernels vector(int bits) {
        String before = System.getProperty("tidecast.kernels.bits");
        System.setProperty("tidecast.kernels.bits", String.valueOf(bits));
        try {
            Class<?> type = Class.forName(HOUSE + "VectorKernels", true, new Loader());
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Kernels kernels = (Kernels) constructor.newInstance();
            kernels.tanh(new float[64], new float[64], 64);
            return kernels;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            if (before == null) {
                System.clearProperty("tidecast.kernels.bits");
            } else {
                System.setProperty("tidecast.kernels.bits", before);
            }
        }
    }

    /** Loads the classes behind the interface anew; the interface and its records stay those of the test. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(Widths.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(HOUSE) || SHARED.contains(name.substring(HOUSE.length()))) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
