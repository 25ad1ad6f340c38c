"""A learner in PyTorch, from the weights of one of ours: its own layer, optimiser and clipping."""

import torch

from lstm_core.frameworks.convert import to_framework

LAYERS = {
    "lstm": lambda m, n: torch.nn.LSTM(m, n),
    "gru_after": lambda m, n: torch.nn.GRU(m, n),
    "rnn_tanh": lambda m, n: torch.nn.RNN(m, n),
    "rnn_relu": lambda m, n: torch.nn.RNN(m, n, nonlinearity="relu"),
}
MOVES = {
    "sgd": lambda params, rate: torch.optim.SGD(params, rate),
    "momentum": lambda params, rate: torch.optim.SGD(params, rate, momentum=0.9),
    "adam": lambda params, rate: torch.optim.Adam(params, rate),
}


class Torch(torch.nn.Module):
    """The same cell and read-out, with the weights that a learner starts from."""

    def __init__(self, learner):
        super().__init__()
        start = learner.start
        self.layer = LAYERS[start.cell.name](start.m, start.n).double()
        self.readout = torch.nn.Linear(start.n, start.p).double()
        arrays = to_framework("pytorch", {k: v for k, v in start.params.items() if "_y" not in k})
        with torch.no_grad():
            for name, array in arrays.items():
                getattr(self.layer, name if name.endswith("_l0") else f"{name}_l0").copy_(
                    torch.tensor(array)
                )
            self.readout.weight.copy_(torch.tensor(start.params["W_y"]))
            self.readout.bias.copy_(torch.tensor(start.params["b_y"]))
        # One bias as ours: the second stays as it is, but for that inside a GRU's reset.
        if start.cell.name != "gru_after":
            self.layer.bias_hh_l0.requires_grad_(False)

    def learned(self):
        """The parameters that are learned."""
        return [each for each in self.parameters() if each.requires_grad]

    def learn(self, batch, move, clip):
        xs, targets, weights = (torch.tensor(a).permute(0, 2, 1) for a in batch)
        z = self.readout(self.layer(xs)[0])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            z, targets, weight=weights, reduction="sum"
        )
        loss = loss / weights.sum()
        move.zero_grad()
        loss.backward()
        if self.layer.bias_hh_l0.requires_grad:  # of r and z the two biases are one
            self.layer.bias_hh_l0.grad[: 2 * self.layer.hidden_size] = 0.0
        norm = torch.nn.utils.clip_grad_norm_(self.parameters(), clip)
        move.step()
        return loss.item(), norm.item()
