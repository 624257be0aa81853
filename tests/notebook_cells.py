"""Notebooks run in this process, cell by cell: a kernel for each takes seconds to start, and there are many cases."""

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.formatters import DisplayFormatter


def with_parameters(path: Path, parameters: dict[str, object]) -> Any:
    """The notebook, other values in its first cell of code; what it does not ask for is left out."""
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    for name, value in parameters.items():
        cell.source = re.sub(rf"^{name} = .*$", f"{name} = {value!r}", cell.source, flags=re.MULTILINE)
    return notebook


def run(path: Path, **parameters: object) -> Any:
    """The notebook with the outputs of its cells, as a kernel would give them; an error of a cell is raised."""
    notebook = with_parameters(path, parameters)
    names: dict[str, Any] = {"__name__": "__main__"}
    display = DisplayFormatter()
    for cell in notebook.cells:
        if cell.cell_type == "code" and (value := _last_value(cell.source, path.name, names)) is not None:
            data, metadata = display.format(value)
            cell.outputs = [nbformat.v4.new_output("execute_result", data, metadata=metadata, execution_count=1)]
    return notebook


def _last_value(source: str, file: str, names: dict[str, Any]) -> Any:
    """Run the cell; what its last expression comes to, None when it ends with none."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, file, "exec"), names)
    return eval(compile(ast.Expression(last.value), file, "eval"), names) if isinstance(last, ast.Expr) else None
