"""Where the pages are: the last part of a page's address, and its script."""

SCRIPTS = {
    "": "pages/learn/step_by_step.py",
    "all_steps": "pages/learn/all_steps.py",
    "through_time": "pages/learn/through_time.py",
    "exchange": "pages/share/exchange.py",
    "lecture": "pages/learn/lecture.py",
    "activations": "pages/learn/activations.py",
    "gradients": "pages/learn/gradients.py",
    "dependencies": "pages/learn/dependencies.py",
    "gate_space": "pages/learn/gate_space.py",
    "check_my_work": "pages/practice/check_my_work.py",
}
