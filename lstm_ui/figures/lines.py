"""What figures with several lines share: a colour and a dash for each, so colour is never alone."""

COLOURS = ("#0072b2", "#009e73", "#d55e00", "#cc79a7")  # Okabe and Ito's
DASHES = ("solid", "dash", "dot", "dashdot")
LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
