package io.obstat.contracts.visible;

/**
 * One line of the inputs as they are shown: a value with its name, or the head of an object or list whose members follow one level deeper.
 *
 * @param depth 0 for a member of the parameters themselves, at most 15
 * @param parent the name of the object or list that this belongs to, for those who hear the page; empty at depth 0
 * @param name a member's name, or {@code [n]} for the n-th element of a list, from 0; in quotes where it could be taken for something else
 * @param value a number, truth value or {@code null} as in JSON; a text as it is, in quotes where it could be taken for something else;
 *     {@code {n fields}} or {@code [n items]} for an object or a list, {@code {}} or {@code []} for an empty one
 * @param shape whether the value only tells the size of what follows
 */
public record InputLine(int depth, VisibleText parent, VisibleText name, VisibleText value, boolean shape) {

    public int length() {
        return name.length() + value.length();
    }
}
