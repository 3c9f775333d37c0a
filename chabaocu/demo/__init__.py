"""The demonstration: real places, invented units and people, and four rounds.

Whatever is invented says 示例 or 演示 in its name. Loading it twice changes nothing.
"""

PASSWORD = "chabaocu-yanshi"  # of every demo account; real sites are started without the demo
