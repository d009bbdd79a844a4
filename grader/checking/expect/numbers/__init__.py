"""Numbers and arrays: single values, shapes, arrays with several right forms, properties that hold for any right answer."""
