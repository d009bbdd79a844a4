"""What a matplotlib figure shows, as plain data."""

from __future__ import annotations

from .records import Unsuitable, type_name


def describe(target):
    """Facts about a figure, given as a figure, axes, any artist on them, or a list, tuple or array of those."""
    figure = _find_figure(target, 0)
    if figure is None:
        raise Unsuitable("not_a_figure", target)
    suptitle = getattr(figure, "_suptitle", None)
    return {
        "suptitle": suptitle.get_text() if suptitle is not None else "",
        "size": [float(n) for n in figure.get_size_inches()],
        "axes": [_axes(axes) for axes in figure.axes],
    }


def _find_figure(target, depth):
    import numpy as np

    if depth > 4:
        return None
    if isinstance(target, (list, tuple, np.ndarray)):
        items = target.reshape(-1).tolist() if isinstance(target, np.ndarray) else target
        return next((found for found in (_find_figure(item, depth + 1) for item in items) if found is not None), None)
    if hasattr(target, "axes") and hasattr(target, "get_size_inches"):
        return target
    for name in ("figure", "fig"):
        found = getattr(target, name, None)
        if found is not None and found is not target and not callable(found):
            return _find_figure(found, depth + 1)
    return None


def _axes(axes):
    legend = axes.get_legend()
    colorbar = getattr(axes, "_colorbar", None)
    is_colorbar = colorbar is not None or axes.get_label() == "<colorbar>"
    patches = [patch for patch in axes.patches if not _is_bar(axes, patch)]
    return {
        "title": next((t for t in (axes.get_title(loc=loc) for loc in ("center", "left", "right")) if t), ""),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "xlim": [float(v) for v in axes.get_xlim()],
        "ylim": [float(v) for v in axes.get_ylim()],
        "legend": [text.get_text() for text in legend.get_texts()] if legend is not None else [],
        "xticklabels": [text.get_text() for text in axes.get_xticklabels()],
        "yticklabels": [text.get_text() for text in axes.get_yticklabels()],
        "lines": [_line(line) for line in axes.lines],
        "scatters": [_scatter(c) for c in axes.collections if type_name(type(c)) == "PathCollection"],
        "collections": [type_name(type(c)) for c in axes.collections],
        "bars": [
            _bar(bar, box, group)
            for group, box in enumerate(box for box in axes.containers if hasattr(box, "patches"))
            for bar in box.patches
        ],
        "images": [_image(image) for image in axes.images]
        + [_mesh(c) for c in axes.collections if type_name(type(c)) == "QuadMesh"],
        "patches": [_patch(patch) for patch in patches],
        "texts": [text.get_text() for text in axes.texts],
        "is_colorbar": is_colorbar,
        "colorbar_label": (axes.get_ylabel() or axes.get_xlabel()) if is_colorbar else _colorbar_label(axes),
        "legend_colors": [_handle_color(handle) for handle in _handles(legend)],
        "aspect": _number_or_none(axes.get_aspect()),
        "contours": [_contour(c) for c in axes.collections if type_name(type(c)).endswith("ContourSet")],
        "shares_x": _shared(axes.get_shared_x_axes(), axes),
        "shares_y": _shared(axes.get_shared_y_axes(), axes),
    }


def _is_bar(axes, patch):
    return any(patch is bar for box in axes.containers if hasattr(box, "patches") for bar in box.patches)


def _colorbar_label(axes):
    for artist in [*axes.collections, *axes.images]:
        colorbar = getattr(artist, "colorbar", None)
        if colorbar is not None:
            return colorbar.ax.get_ylabel() or colorbar.ax.get_xlabel()
    return ""


def _numbers(values):
    import numpy as np

    try:
        return np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    except (TypeError, ValueError):
        return np.asarray([str(v) for v in values])


def _color(color):
    from matplotlib.colors import to_hex

    try:
        return to_hex(color, keep_alpha=False)
    except (TypeError, ValueError):
        return str(color)


def _line(line):
    return {
        "x": _numbers(line.get_xdata(orig=False)),
        "y": _numbers(line.get_ydata(orig=False)),
        "label": str(line.get_label()),
        "color": _color(line.get_color()),
        "linestyle": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
    }


def _scatter(collection):
    values = collection.get_array()
    return {
        "offsets": _numbers(collection.get_offsets()),
        "sizes": _numbers(collection.get_sizes()),
        "values": None if values is None else _numbers(values),
        "colors": _numbers(collection.get_facecolors()),
        "cmap": None if values is None else str(collection.get_cmap().name),
        "label": str(collection.get_label()),
        "alpha": collection.get_alpha() if isinstance(collection.get_alpha(), float) else None,
    }


def _bar(bar, container, group):
    return {
        "x": float(bar.get_x()),
        "y": float(bar.get_y()),
        "width": float(bar.get_width()),
        "height": float(bar.get_height()),
        "color": _color(bar.get_facecolor()),
        "label": str(container.get_label()),
        "group": group,
        "horizontal": getattr(container, "orientation", None) == "horizontal",
    }


def _handles(legend):
    return [] if legend is None else list(getattr(legend, "legend_handles", []))


def _handle_color(handle):
    for name in ("get_color", "get_facecolor"):
        getter = getattr(handle, name, None)
        if getter is not None:
            color = getter()
            return _color(color[0] if getattr(color, "ndim", 1) == 2 and len(color) else color)
    return ""


def _number_or_none(value):
    return float(value) if isinstance(value, (int, float)) else None


def _shared(groups, axes):
    """Whether other axes of the same figure go along with these when they are zoomed."""
    return any(groups.joined(axes, other) for other in axes.figure.axes if other is not axes)


def _contour(contour):
    return {"levels": _numbers(contour.levels), "filled": bool(contour.filled)}


def _mesh(mesh):
    corners = _numbers(mesh.get_coordinates()).reshape(-1, 2)
    low, high = corners.min(axis=0), corners.max(axis=0)
    return {
        "values": _numbers(mesh.get_array()),
        "cmap": str(mesh.get_cmap().name),
        "extent": [float(v) for v in (low[0], high[0], low[1], high[1])],
        "clim": [None if v is None else float(v) for v in mesh.get_clim()],
    }


def _image(image):
    return {
        "values": _numbers(image.get_array()),
        "cmap": str(image.get_cmap().name),
        "extent": [float(v) for v in image.get_extent()],
        "clim": [None if v is None else float(v) for v in image.get_clim()],
    }


def _patch(patch):
    return {
        "type_name": type_name(type(patch)),
        "label": str(patch.get_label()),
        "color": _color(patch.get_facecolor()),
        "vertices": _numbers(patch.get_path().transformed(patch.get_patch_transform()).vertices),
    }
