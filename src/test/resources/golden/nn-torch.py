"""Golden numbers for LSTM, GRU and Elman by PyTorch in float64: python3 nn-torch.py > nn-torch.json

Each name holds one flat list. A matrix is input-major (rows are inputs), as in dev.tidecast.nn. The loss is
sum(wish * y + y * y / 2) over all outputs; gradients are PyTorch's. LSTM and Elman are torch.nn.LSTM and torch.nn.RNN; the
GRU here resets the state before the recurrent product, which torch.nn.GRU does not, so its equations are written out and
PyTorch's autograd differentiates them.
"""

import json

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261121)
INPUTS, UNITS, STEPS = 3, 5, 8


def flat(tensor):
    return [float("%.12g" % v) for v in tensor.detach().reshape(-1).tolist()]


def built_in(module, gates):
    """The module's sequence, and its matrices by our names: weight and gradient."""
    x = torch.randn(STEPS, 1, INPUTS)
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    torch.nn.init.zeros_(module.bias_hh_l0)
    y = module(x)[0]
    matrices = {}

    def split():
        for k, gate in enumerate(gates):
            rows = slice(k * UNITS, (k + 1) * UNITS)
            for name, parameter in (("w0", module.weight_ih_l0), ("w1", module.weight_hh_l0), ("bias", module.bias_ih_l0)):
                gradient = parameter.grad[rows]
                weight = parameter[rows]
                matrices[gate + "." + name] = (weight.t(), gradient.t()) if name != "bias" else (weight, gradient)
        return matrices

    return x, y, split


def gru():
    x = torch.randn(STEPS, 1, INPUTS)
    w = {
        gate + "." + name: (0.5 * torch.randn(*shape)).requires_grad_()
        for gate in "zrk"
        for name, shape in (("w0", (INPUTS, UNITS)), ("w1", (UNITS, UNITS)), ("bias", (UNITS,)))
    }
    h = torch.zeros(1, UNITS)
    out = []
    for t in range(STEPS):
        z = torch.sigmoid(x[t] @ w["z.w0"] + h @ w["z.w1"] + w["z.bias"])
        r = torch.sigmoid(x[t] @ w["r.w0"] + h @ w["r.w1"] + w["r.bias"])
        k = torch.tanh(x[t] @ w["k.w0"] + (r * h) @ w["k.w1"] + w["k.bias"])
        h = z * h + (1 - z) * k
        out.append(h)
    return x, torch.stack(out), lambda: {name: (value, value.grad) for name, value in w.items()}


golden = {}
for cell, (x, y, matrices) in {
    "elman": built_in(torch.nn.RNN(INPUTS, UNITS), ["s"]),
    "lstm": built_in(torch.nn.LSTM(INPUTS, UNITS), ["i", "f", "g", "o"]),
    "gru": gru(),
}.items():
    wish = torch.randn(STEPS, 1, UNITS)
    (wish * y + y * y / 2).sum().backward()
    golden[cell + " inputs"] = flat(x)
    golden[cell + " outputs"] = flat(y)
    golden[cell + " wishes"] = flat(wish)
    for name, (weight, gradient) in matrices().items():
        golden[cell + " weight " + name] = flat(weight)
        golden[cell + " gradient " + name] = flat(gradient)
print(json.dumps(golden, indent=0))
