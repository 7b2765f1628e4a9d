"""English function words, and the pieces that Penn Treebank tokenisation cuts from them."""

from __future__ import annotations

_WORDS = """
    a an the this that these those some any each every either neither no another such same other
    i me my mine myself you your yours yourself yourselves he him his himself she her hers herself
    it its itself we us our ours ourselves they them their theirs themselves one ones
    who whom whose which what when where why how there here
    and or but nor so yet if then than because while as though although until unless since whether
    of at by for with about against between into through during before after above below to from
    up down in out on off over under again near along across around behind beside onto upon within
    without toward towards among next
    am is are was were be been being have has had having do does did doing done can could will would
    shall should may might must ought
    not only own too very just now also more most much many few both all several once
    's 'm 're 've 'd 'll n't ca wo sha ai
"""
STOP_WORDS = frozenset(_WORDS.split())
"""Lower-cased tokens without content of their own."""
