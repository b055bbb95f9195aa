"""What hangs on the board and what people take home: posted lists and leaflets.

``rows`` and ``leaflets`` freeze what is said, ``listing`` and ``folding`` draw it, ``tables``
writes the same rows as CSV, XLSX and JSON, ``keeping`` orders, draws and keeps long printouts.
"""
