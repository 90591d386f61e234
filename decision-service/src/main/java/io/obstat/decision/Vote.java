package io.obstat.decision;

import io.obstat.contracts.Person;
import io.obstat.contracts.Review;
import org.jspecify.annotations.Nullable;

/**
 * An approval or a rejection that counted when it was cast. Whether it still counts is judged again at the decision.
 *
 * @param standsFor for whom the reviewer stands; absent when they are asked themselves
 */
public record Vote(Review review, @Nullable Principal standsFor) {

    /**
     * Somebody for whom a delegate stands.
     *
     * @param member their id in the directory
     * @param person how records name them
     */
    public record Principal(String member, Person person) {

        static Principal of(Member member) {
            return new Principal(member.id(), member.person());
        }
    }

    boolean approves() {
        return review.verb() == Review.Verb.APPROVE;
    }

    @Nullable
    Person standsForPerson() {
        return standsFor == null ? null : standsFor.person();
    }
}
