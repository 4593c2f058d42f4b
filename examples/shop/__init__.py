"""A small shop: baskets, what it costs to send them, and what is paid back for them."""
