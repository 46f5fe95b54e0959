"""Make or buy: people and cost as work goes to vendors."""
