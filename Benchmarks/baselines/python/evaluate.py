"""Python's decimal with the expressions of a file: evaluate.py <file> <seconds>

Prints how many a second: from the text, and with the text compiled before, so that only its numbers are read and computed with.
"""
import decimal
import re
import sys
import time
from decimal import Decimal

decimal.getcontext().prec = 34
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")[:-1]
seconds = float(sys.argv[2])
number = re.compile(r"[0-9.]+")


def source(text):
    return number.sub(r"Decimal('\g<0>')", text)


def rate(evaluate, subjects):
    count, start = 0, time.monotonic()
    while time.monotonic() < start + seconds:
        for subject in subjects:
            evaluate(subject)
        count += len(subjects)
    return count / (time.monotonic() - start)


names = {"Decimal": Decimal}
text = rate(lambda text: eval(source(text), names), lines)
compiled = rate(lambda code: eval(code, names), [compile(source(text), "", "eval") for text in lines])
print(f"{text:.0f} {compiled:.0f}")
