"""Processes as standards write them down: BPMN 2.0, a picture, and logs of what happened.

Pure writers on plain values, without Django and without input: a `chart.Chart` becomes BPMN
(`bpmn`) or SVG (`picture`), `logs.LogCase` rows become XES (`xes`) or OCEL 2.0 (`ocel`).
"""
