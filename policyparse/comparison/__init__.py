"""Two notices beside each other: down the levels (``levels``), and between versions (``versions``)."""
