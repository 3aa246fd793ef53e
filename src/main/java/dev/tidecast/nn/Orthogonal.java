package dev.tidecast.nn;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * A random orthogonal start: Q of the QR decomposition of a normal matrix, signs by the diagonal of R so that it is uniformly
 * distributed. Of a matrix that is not square, the shorter side is orthonormal.
 */
record Orthogonal() implements Initialiser {
    @Override
    public void fill(float[] w, Param param, Draws draws) {
        int tall = Math.max(param.rows(), param.columns());
        int thin = Math.min(param.rows(), param.columns());
        DMatrixRMaj a = new DMatrixRMaj(tall, thin);
        for (int i = 0; i < a.getNumElements(); i++) {
            a.data[i] = draws.normal();
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(tall, thin);
        if (!qr.decompose(a)) {
            throw new IllegalStateException("no QR decomposition of a " + tall + " by " + thin + " matrix");
        }
        DMatrixRMaj q = qr.getQ(null, true);
        DMatrixRMaj r = qr.getR(null, true);
        for (int i = 0; i < param.rows(); i++) {
            for (int j = 0; j < param.columns(); j++) {
                int across = param.rows() >= param.columns() ? j : i;
                int along = param.rows() >= param.columns() ? i : j;
                double sign = r.get(across, across) < 0 ? -1 : 1;
                w[param.offset() + i * param.columns() + j] = (float) (sign * q.get(along, across));
            }
        }
    }
}
