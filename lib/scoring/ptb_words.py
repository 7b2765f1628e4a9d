"""Word lists of CoreNLP 3.4.1's Penn Treebank tokenisation: abbreviations, joined words."""

from __future__ import annotations

_CLOSING_ABBREVIATIONS = """
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri
    ala ariz calif colo conn ct dak fla ga ind kan kans ky md mich minn mo mont neb nev okla penn
    tenn va vt wis wisc wyo inc co cos corp ltd plc rt bancorp bhd assn univ intl sys tel est ext
    sq jr sr bros ed.d ph.d esq etc al seq bldg blvd rd
"""
CLOSING_ABBREVIATIONS = tuple(_CLOSING_ABBREVIATIONS.split())
"""Abbreviations that may end a sentence; in any case of letters, here in lower case."""

CASED_CLOSING_ABBREVIATIONS = (
    "A(?i:z|rk)|D(?i:el)|I(?i:ll)|L(?i:a)|M(?i:ass|iss)|O(?i:re)|P(?i:a)|T(?i:ex)|W(?i:ash)"
    "|(?i:p?pt)[ye](?i:s?)"
)
"""Pattern of more such that, in other letters, are words of their own (``Ill.``, ``ill``)."""

_OPENING_ABBREVIATIONS = """
    mr mrs ms dr drs prof profs sen sens rep reps atty attys lt col gen messrs gov govs adm rev maj
    sgt cpl pvt capt st ste ave pres lieut hon brig comdr cmdr pfc spc supt supts det mt ft adj adv
    asst assoc ens insp mlle mme msgr sfc invt elec natl mtg mfg dept vs alex wm jos cie a.k.a cf
    treas ph
"""
OPENING_ABBREVIATIONS = tuple(_OPENING_ABBREVIATIONS.split())
"""Abbreviations before a name or another word; in any case of letters, here in lower case."""

ABBREVIATIONS_OF_NUMBERS = ("ca", "fig", "figs", "prop", "no", "nos", "art", "pp", "op")
"""Words that keep their full stop only before a number (``no. 5``)."""

ASSIMILATIONS = {"cannot": 3, "gonna": 2, "gotta": 2, "lemme": 2, "gimme": 2, "wanna": 2}
"""Joined words that become two tokens, with the length of the second."""

_SENTENCE_OPENERS = """
    About According Additionally After An A As At But Earlier He Her Here However If In It Last
    Many More Mr. Ms. Now Once One Other Our She Since So Some Such That The Their Then There These
    They This We When While What Yet You
"""
SENTENCE_OPENERS = tuple(_SENTENCE_OPENERS.split())
"""Words that, in this initial capital, make the stop after a single letter a full stop."""

_FILE_EXTENSIONS = """
    bat bmp c cgi class cpp dll doc docx exe gif gz h htm html jar java jpeg jpg mov mp3 pdf php pl
    png ppt ps py sql tar txt wav x xml zip
"""
FILE_EXTENSIONS = tuple(_FILE_EXTENSIONS.split())
"""Endings that make ``name.ending`` one token."""

_CASED = "az ark del ill la mass miss ore pa tex wash pty ptys ppty pptys pte"
IRREGULAR_WORDS = frozenset(CLOSING_ABBREVIATIONS).union(
    OPENING_ABBREVIATIONS,
    ABBREVIATIONS_OF_NUMBERS,
    ASSIMILATIONS,
    _CASED.split(),
)
"""Every word above in lower case: those that are not one token, or not without their full stop."""
