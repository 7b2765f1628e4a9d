"""Words and numbers: the word-level tokeniser of captioners that start from scratch."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordLevel
from transformers import PreTrainedTokenizerFast

PAD, UNKNOWN, START, END = "[pad]", "[unk]", "[start]", "[end]"
NORMALISER = normalizers.Sequence(
    [normalizers.Lowercase(), normalizers.Replace(Regex(r"[^\w\s]"), ""), normalizers.Strip()]
)


def count_words(captions: Iterable[str]) -> Counter[str]:
    """How often each word occurs, lower-cased and without punctuation (SPEC's caption text)."""
    return Counter(
        word for caption in captions for word in NORMALISER.normalize_str(caption).split()
    )


def build_tokenizer(
    captions: Sequence[str], max_words: int, min_count: int
) -> PreTrainedTokenizerFast:
    """A tokeniser of the most frequent words.

    At most `max_words` words that occur at least `min_count` times; ties go by the alphabet, so
    that the same captions always give the same ids. `[pad]` is 0, then `[unk] [start] [end]`.
    """
    counts = count_words(captions)
    frequent = sorted(counts, key=lambda word: (-counts[word], word))[:max_words]
    words = [PAD, UNKNOWN, START, END, *(word for word in frequent if counts[word] >= min_count)]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token=UNKNOWN))
    tokenizer.normalizer = NORMALISER
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        unk_token=UNKNOWN,
        bos_token=START,
        eos_token=END,
        clean_up_tokenization_spaces=False,
    )
