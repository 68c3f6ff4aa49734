"""Community corrections (社区矫正): persons under supervision from the assessment before sentence to their release."""
