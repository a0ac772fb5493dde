"""What stands between the network and the two servers: framing, hosts, connections."""
